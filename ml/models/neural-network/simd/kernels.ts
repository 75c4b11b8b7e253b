import { kernelModule } from "./kernel-code.ts";

/** Addresses and strides in bytes; see kernel-code.ts. */
type Dense = (
  x: number,
  stride: number,
  rows: number,
  inputs: number,
  kernel: number,
  bias: number,
  out: number,
  outStride: number,
  panels: number,
  floor: number,
) => void;
export type Kernels = {
  readonly denseWide: Dense;
  readonly denseNarrow: Dense;
  readonly mask: (values: number, end: number, gates: number) => void;
};

const PAGE_BYTES = 65_536;
let compiled: WebAssembly.Module | null = null;

/**
 * Kernels over a memory of their own, and that memory as doubles; null where this runtime has no WebAssembly, no SIMD or
 * no room: the plain loops then give the same bits.
 */
export function kernelsOver(bytes: number): { kernels: Kernels; cells: Float64Array } | null {
  if (typeof WebAssembly === "undefined") return null;
  try {
    compiled ??= new WebAssembly.Module(kernelModule());
    const pages = Math.ceil(bytes / PAGE_BYTES);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
    return { kernels: exports as Kernels, cells: new Float64Array(memory.buffer) };
  } catch (error) {
    if (error instanceof RangeError || error instanceof WebAssembly.CompileError) return null;
    throw error;
  }
}
