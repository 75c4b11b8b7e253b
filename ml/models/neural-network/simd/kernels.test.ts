import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { kernelModule } from "./kernel-code.ts";
import { kernelsOver } from "./kernels.ts";

afterEach(() => vi.unstubAllGlobals());

test("the module is valid WebAssembly, the same bytes each time, and small enough to compile at once", () => {
  const bytes = kernelModule();
  expect(WebAssembly.validate(bytes)).toBe(true);
  expect(kernelModule()).toEqual(bytes);
  expect(bytes.length).toBeLessThan(2000);
  const names = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);
  expect(names).toEqual(["denseWide", "denseNarrow", "mask"]);
});

test("a memory holds at least the bytes asked for, all zero", () => {
  for (const bytes of [1, 65_536, 65_537]) {
    const cells = kernelsOver(bytes)?.cells ?? new Float64Array(0);
    expect(cells.byteLength).toBe(Math.ceil(bytes / 65_536) * 65_536);
    expect(cells.every((cell) => cell === 0)).toBe(true);
  }
});

test("a mask keeps a value where its gate is above zero, and makes it 0 where it is not, or is not a number", () => {
  const runtime = kernelsOver(1024);
  if (runtime === null) throw new Error("this runtime has no SIMD kernels");
  const { kernels, cells } = runtime;
  const gate = fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.double(), gate), { minLength: 8, maxLength: 8 }), (pairs) => {
      cells.fill(5);
      cells.set(
        pairs.map(([value]) => value),
        2,
      );
      cells.set(
        pairs.map(([, own]) => own),
        20,
      );
      kernels.mask(16, 16 + 64, 160);
      expect([...cells.slice(2, 10)]).toEqual(pairs.map(([value, own]) => (own > 0 ? value : 0)));
      expect([cells[1], cells[10]]).toEqual([5, 5]);
    }),
  );
});

test("more memory than there is gives none, and the caller goes on without", () => {
  expect(kernelsOver(2 ** 40)).toBeNull();
});

test("an error that says nothing about the runtime is not hidden", () => {
  const { Module, Memory, CompileError } = WebAssembly;
  class Instance {
    constructor() {
      throw new TypeError("broken");
    }
  }
  vi.stubGlobal("WebAssembly", { Module, Memory, CompileError, Instance });
  expect(() => kernelsOver(64)).toThrow("broken");
});
