import { type Code, F64, I32, op, V128, type WasmFunction, wasmModule } from "./wasm-code.ts";

/** Outputs that one pass over the inputs sums side by side: as many as leave registers free. */
export const WIDE = 16;
/** Outputs of a narrow panel: one pair. */
export const NARROW = 2;

const DOUBLE = 8;
const PAIR = 16;
const { get, set, add } = op;

/**
 * The kernels, as WebAssembly with SIMD in double precision. Every output is summed in the order of the inputs, with one
 * rounding after each product and one after each sum, as the plain loop does it: the bits are the same.
 */
export function kernelModule(): Uint8Array<ArrayBuffer> {
  return wasmModule([dense("denseWide", WIDE), dense("denseNarrow", NARROW), mask()]);
}

/**
 * out[r][p] = bias[p] + sum over i of max(x[r][i], floor) kernel[i][p], panel by panel: a panel's kernel holds
 * `outputs` weights for each input. Addresses and strides are in bytes.
 */
function dense(name: string, outputs: number): WasmFunction {
  const [x, stride, rows, inputs, kernel, bias, out, outStride, panels] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const floorAt = 9;
  const [row, rowX, rowOut, at, end, weights, floor, value] = [10, 11, 12, 13, 14, 15, 16, 17];
  const sum = (j: number): number => 18 + j;
  const pairs = Array.from({ length: outputs / 2 }, (_, j) => j);
  const advance = (local: number, bytes: Code): Code => set(local, add(get(local), bytes));
  const inner = op.loopWhile(
    op.isBelow(get(at), get(end)),
    set(value, op.atLeast(op.loadTwice(get(at)), get(floor))),
    ...pairs.map((j) =>
      set(sum(j), op.addPair(get(sum(j)), op.multiplyPair(get(value), op.loadPair(get(weights), j * PAIR)))),
    ),
    advance(at, op.constant(DOUBLE)),
    advance(weights, op.constant(outputs * DOUBLE)),
  );
  const oneRow = [
    ...pairs.map((j) => set(sum(j), op.loadPair(get(bias), j * PAIR))),
    set(at, get(rowX)),
    set(end, add(get(rowX), op.multiply(get(inputs), op.constant(DOUBLE)))),
    set(weights, get(kernel)),
    inner,
    ...pairs.map((j) => op.storePair(get(rowOut), j * PAIR, get(sum(j)))),
    advance(rowX, get(stride)),
    advance(rowOut, get(outStride)),
    advance(row, op.constant(1)),
  ];
  const onePanel = [
    set(row, op.constant(0)),
    set(rowX, get(x)),
    set(rowOut, get(out)),
    op.loopWhile(op.isBelow(get(row), get(rows)), ...oneRow),
    advance(kernel, op.multiply(get(inputs), op.constant(outputs * DOUBLE))),
    advance(bias, op.constant(outputs * DOUBLE)),
    advance(out, op.constant(outputs * DOUBLE)),
    advance(panels, op.constant(-1)),
  ];
  return {
    name,
    parameters: [I32, I32, I32, I32, I32, I32, I32, I32, I32, F64],
    locals: [I32, I32, I32, I32, I32, I32, V128, V128, ...pairs.map(() => V128)],
    body: [
      set(floor, op.splat(get(floorAt))),
      op.loopWhile(op.isBelow(op.constant(0), get(panels)), ...onePanel),
    ],
  };
}

/** values[i] = gates[i] > 0 ? values[i] : 0, for the doubles from `values` up to `end`. */
function mask(): WasmFunction {
  const [values, end, gates, zero] = [0, 1, 2, 3];
  const step = (local: number): Code => set(local, add(get(local), op.constant(PAIR)));
  return {
    name: "mask",
    parameters: [I32, I32, I32],
    locals: [V128],
    body: op.loopWhile(
      op.isBelow(get(values), get(end)),
      op.storePair(
        get(values),
        0,
        op.both(op.loadPair(get(values), 0), op.isAbove(op.loadPair(get(gates), 0), get(zero))),
      ),
      step(values),
      step(gates),
    ),
  };
}
