/** An id maker whose ids are UUIDs that count: 00000000-0000-7000-8000-000000000001, ... */
export function sequentialIds(start = 0): () => string {
  let last = start;
  return () => {
    last += 1;
    return `00000000-0000-7000-8000-${last.toString(16).padStart(12, '0')}`;
  };
}
