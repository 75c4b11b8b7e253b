/** The bytes of a typed array as base64, in the machine's order (little-endian wherever Node runs). */
export function encodeBytes(values: ArrayBufferView): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
}

/** Inverse of `encodeBytes`, in a buffer of its own: lay the array's type over it. */
export function decodeBytes(text: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(text, "base64")).buffer;
}

/** Little-endian float32 values as base64: exact, and a third of the size of decimals. */
export function encodeFloat32(values: Float32Array): string {
  return encodeBytes(values);
}

/**
 * Inverse of `encodeFloat32`.
 * @throws RangeError when the text does not hold `length` values.
 */
export function decodeFloat32(text: string, length: number): Float32Array {
  const bytes = decodeBytes(text);
  if (bytes.byteLength !== 4 * length) throw new RangeError(`expected ${length} float32 values`);
  return new Float32Array(bytes);
}
