/** Whole numbers of 32 bits that several threads may read. */
export function sharedInts(length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

/** Numbers that several threads may read. */
export function sharedNumbers(length: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** Whole numbers of 32 bits that several threads may read if they may read `array`. */
export function intsLike(array: Int32Array, length: number): Int32Array {
  return array.buffer instanceof SharedArrayBuffer ? sharedInts(length) : new Int32Array(length);
}

/** As `intsLike`, for numbers. */
export function numbersLike(array: Float64Array, length: number): Float64Array {
  return array.buffer instanceof SharedArrayBuffer ? sharedNumbers(length) : new Float64Array(length);
}
