/** Little-endian float32 values as base64: exact, and a third of the size of decimals. */
export function encodeFloat32(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
}

/**
 * Inverse of `encodeFloat32`.
 * @throws RangeError when the text does not hold `length` values.
 */
export function decodeFloat32(text: string, length: number): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  if (bytes.byteLength !== 4 * length) throw new RangeError(`expected ${length} float32 values`);
  return new Float32Array(bytes.buffer);
}
