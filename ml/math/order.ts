const RADIX_FROM_ROWS = 20_000;
const DIGIT = 65_536;

/**
 * Positions of `values` in ascending order of value; equal values keep their input order (stable). Input is not
 * changed. O(n) by radix sort on the IEEE bits from 20,000 values on (1.3 million in about 0.1 s), O(n log n) below.
 * @throws RangeError when a value is NaN, which has no place in an order.
 */
export function ascendingOrder(values: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(values.length);
  for (let i = 0; i < order.length; i++) {
    if (Number.isNaN(values[i])) throw new RangeError(`value ${i} is not a number and cannot be ordered`);
    order[i] = i;
  }
  if (order.length >= RADIX_FROM_ROWS) return radixOrder(values, order);
  return order.sort((i, j) => (values[i] as number) - (values[j] as number) || i - j);
}

/** Positions of `values` from highest to lowest; equal values in reverse input order. Otherwise as ascendingOrder. */
export function descendingOrder(values: ArrayLike<number>): Uint32Array {
  return ascendingOrder(values).reverse();
}

/** Least significant digit first, four 16-bit digits of a key whose unsigned order is the order of the doubles. */
function radixOrder(values: ArrayLike<number>, order: Uint32Array): Uint32Array {
  const keys = orderedKeys(values);
  let from: Uint32Array = order;
  let to: Uint32Array = new Uint32Array(order.length);
  for (let digit = 0; digit < 4; digit++) {
    const starts = new Uint32Array(DIGIT + 1);
    for (let i = digit; i < keys.length; i += 4) {
      const next = (keys[i] as number) + 1;
      starts[next] = (starts[next] as number) + 1;
    }
    for (let d = 1; d <= DIGIT; d++) starts[d] = (starts[d] as number) + (starts[d - 1] as number);
    for (let i = 0; i < from.length; i++) {
      const row = from[i] as number;
      const key = keys[4 * row + digit] as number;
      const place = starts[key] as number;
      to[place] = row;
      starts[key] = place + 1;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Doubles as 16-bit digits, low first: negative numbers with all bits turned over, the others with the sign set. */
function orderedKeys(values: ArrayLike<number>): Uint16Array {
  const doubles = Float64Array.from(values, (value) => value + 0); // -0 + 0 is 0: the two zeros are equal
  const words = new Uint32Array(doubles.buffer);
  for (let low = 0; low < words.length; low += 2) {
    const high = words[low + 1] as number;
    const flip = high >>> 31 === 1;
    words[low] = flip ? ~(words[low] as number) : (words[low] as number);
    words[low + 1] = flip ? ~high : high | 0x80000000;
  }
  return new Uint16Array(doubles.buffer);
}
