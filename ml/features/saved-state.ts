/**
 * One array of a saved state: the first `length` elements of `data`. An array that `grows` is given room behind them
 * when it is loaded, so that it need not be copied soon.
 */
export type SavedArray = {
  readonly kind: "floats" | "ints";
  readonly length: number;
  readonly grows: boolean;
  readonly data: Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
};

/** What is told of an array before its bytes. */
export type SavedShape = Pick<SavedArray, "kind" | "length" | "grows">;

/** Room of an array that grows, as a share of what it holds. */
const ROOM = 1 / 8;

const ELEMENT_BYTES = { floats: 8, ints: 4 } as const;

/** The bytes of an array that count, as they lie in memory. */
export function bytesOf({ data, kind, length }: SavedArray): Uint8Array<ArrayBuffer> {
  return new Uint8Array(data.buffer, data.byteOffset, length * ELEMENT_BYTES[kind]);
}

/** An array of this shape to fill by way of `bytesOf`. */
export function emptyArray(shape: SavedShape): SavedArray {
  const { kind, grows, length } = shape;
  const room = length + (grows ? Math.ceil(length * ROOM) : 0);
  return {
    kind,
    grows,
    length,
    data: kind === "floats" ? new Float64Array(room) : new Int32Array(room),
  };
}

/** Collects the arrays of a state. They are views: what they show holds until the state changes. */
export class StateWriter {
  readonly arrays: SavedArray[] = [];

  floats(data: Float64Array<ArrayBuffer>, grows = false): void {
    this.arrays.push({ kind: "floats", length: data.length, grows, data });
  }

  ints(data: Int32Array<ArrayBuffer>): void {
    this.arrays.push({ kind: "ints", length: data.length, grows: false, data });
  }

  numbers(...values: number[]): void {
    this.floats(Float64Array.from(values));
  }
}

/** Hands the arrays of a state out in the order in which they were written; who takes one owns it. */
export class StateReader {
  readonly #arrays: readonly SavedArray[];
  #next = 0;

  constructor(arrays: readonly SavedArray[]) {
    this.#arrays = arrays;
  }

  /** @throws RangeError when something else was written here. */
  floats(): Float64Array<ArrayBuffer> {
    const { data } = this.#take();
    if (data instanceof Float64Array) return data;
    throw new RangeError("the saved state has integers where numbers belong");
  }

  /** @throws RangeError when something else was written here. */
  ints(): Int32Array<ArrayBuffer> {
    const { data } = this.#take();
    if (data instanceof Int32Array) return data;
    throw new RangeError("the saved state has numbers where integers belong");
  }

  /** @throws RangeError when something is left. */
  end(): void {
    if (this.#next !== this.#arrays.length) throw new RangeError("the saved state is too long");
  }

  #take(): SavedArray {
    const array = this.#arrays[this.#next++];
    if (array === undefined) throw new RangeError("the saved state is too short");
    return array;
  }
}
