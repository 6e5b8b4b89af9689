/** Whether a key pressed here is text: single-letter keys then mean nothing else. */
export function isTypingIn(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type))
    return false;
  return (
    target.closest('input, textarea, select, [contenteditable], [role="combobox"], [role="listbox"]') !== null
  );
}
