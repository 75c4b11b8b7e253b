/** Bytes of WebAssembly, nested as the code is. */
export type Code = number | readonly Code[];

/** Value types of parameters and locals. */
export const I32 = 0x7f;
export const F64 = 0x7c;
export const V128 = 0x7b;

/** Unsigned LEB128, as counts, indices and offsets are written. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

/** Signed LEB128, as constants are written. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (; rest < -64 || rest > 63; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest & 0x7f];
}

const simd = (opcode: number, ...rest: Code[]): Code => [0xfd, unsigned(opcode), ...rest];
const EIGHT = 3; // alignments are powers of two
const SIXTEEN = 4;

/** The instructions that kernels are made of, operands first; specification: WebAssembly 2.0, binary format. */
export const op = {
  get: (local: number, ...operands: Code[]): Code => [...operands, 0x20, unsigned(local)],
  set: (local: number, ...value: Code[]): Code => [...value, 0x21, unsigned(local)],
  constant: (value: number): Code => [0x41, signed(value)],
  add: (a: Code, b: Code): Code => [a, b, 0x6a],
  multiply: (a: Code, b: Code): Code => [a, b, 0x6c],
  /** Repeats the body while the condition, asked before each round, is not zero. */
  loopWhile: (condition: Code, ...body: Code[]): Code => [
    [0x02, 0x40, 0x03, 0x40], // a block to leave, and in it the loop
    [condition, 0x45, 0x0d, 0x01],
    [...body, 0x0c, 0x00],
    [0x0b, 0x0b],
  ],
  isBelow: (a: Code, b: Code): Code => [a, b, 0x49],
  loadPair: (address: Code, offset: number): Code => [address, simd(0x00, SIXTEEN, unsigned(offset))],
  /** One double in both lanes. */
  loadTwice: (address: Code): Code => [address, simd(0x0a, EIGHT, 0)],
  storePair: (address: Code, offset: number, value: Code): Code => [
    address,
    value,
    simd(0x0b, SIXTEEN, unsigned(offset)),
  ],
  splat: (value: Code): Code => [value, simd(0x14)],
  addPair: (a: Code, b: Code): Code => [a, b, simd(0xf0)],
  multiplyPair: (a: Code, b: Code): Code => [a, b, simd(0xf2)],
  /** a < b ? b : a in each lane, so that NaN stays. */
  atLeast: (a: Code, b: Code): Code => [a, b, simd(0xf7)],
  isAbove: (a: Code, b: Code): Code => [a, b, simd(0x4a)],
  both: (a: Code, b: Code): Code => [a, b, simd(0x4e)],
} as const;

/** A function without a result: types of its parameters, then of its locals, which follow them in number. */
export type WasmFunction = {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly locals: readonly number[];
  readonly body: Code;
};

/** A module that imports the memory `env.memory` and exports its functions by name. */
export function wasmModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [0x60, vector(parameters), vector([])]);
  const memory = [text("env"), text("memory"), 0x02, 0x00, unsigned(1)];
  const bodies = functions.map(({ locals, body }) => {
    const bytes = flat([vector(locals.map((type) => [unsigned(1), type])), body, 0x0b]);
    return [unsigned(bytes.length), bytes];
  });
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // "\0asm", version 1
      section(1, vector(types)),
      section(2, vector([memory])),
      section(3, vector(functions.map((_, i) => unsigned(i)))),
      section(7, vector(functions.map(({ name }, i) => [text(name), 0x00, unsigned(i)]))),
      section(10, vector(bodies)),
    ]),
  );
}

function section(id: number, content: Code): Code {
  const bytes = flat(content);
  return [id, unsigned(bytes.length), bytes];
}

const vector = (items: readonly Code[]): Code => [unsigned(items.length), ...items];
const text = (name: string): Code => vector([...Buffer.from(name, "latin1")]);

function flat(code: Code): number[] {
  return typeof code === "number" ? [code] : code.flatMap(flat);
}
