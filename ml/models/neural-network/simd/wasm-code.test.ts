import fc from "fast-check";
import { expect, test } from "vitest";
import { F64, I32, op, signed, unsigned, V128, wasmModule } from "./wasm-code.ts";

test("numbers are written as LEB128, with the examples of the DWARF standard", () => {
  expect(unsigned(127)).toEqual([0x7f]);
  expect(unsigned(128)).toEqual([0x80, 0x01]);
  expect(unsigned(12_857)).toEqual([0xb9, 0x64]);
  expect(signed(2)).toEqual([0x02]);
  expect(signed(-2)).toEqual([0x7e]);
  expect(signed(127)).toEqual([0xff, 0x00]);
  expect(signed(-129)).toEqual([0xff, 0x7e]);
});

test("a module keeps every constant and adds and multiplies as int32 does", () => {
  const stored = { name: "store", parameters: [I32, I32, I32], locals: [V128] };
  const [address, a, b, pair] = [0, 1, 2, 3];
  // The sum is the address that is read; what stands there goes to `address`.
  const body = [
    op.set(pair, op.loadPair(op.add(op.get(a), op.multiply(op.get(b), op.constant(-16))), 32)),
    op.storePair(op.get(address), 0, op.get(pair)),
  ];
  const memory = new WebAssembly.Memory({ initial: 1 });
  const cells = new Float64Array(memory.buffer);
  cells.set([0, 0, 1, 2, 3, 4, 5, 6]);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasmModule([{ ...stored, body }])), {
    env: { memory },
  });
  (exports.store as (...values: number[]) => void)(0, 16, 1);
  expect([...cells.slice(0, 2)]).toEqual([5, 6].map((value) => value - 2));
});

test("pairs are added, multiplied, compared and bounded in each lane, and NaN stays", () => {
  const [out, x, y, factor] = [0, 1, 2, 3];
  const value = op.addPair(
    op.multiplyPair(op.atLeast(op.loadTwice(op.get(x)), op.splat(op.get(factor))), op.loadPair(op.get(y), 0)),
    op.both(op.loadPair(op.get(y), 0), op.isAbove(op.loadPair(op.get(y), 0), op.loadTwice(op.get(x)))),
  );
  const run = {
    name: "run",
    parameters: [I32, I32, I32, F64],
    locals: [],
    body: op.storePair(op.get(out), 0, value),
  };
  const memory = new WebAssembly.Memory({ initial: 1 });
  const cells = new Float64Array(memory.buffer);
  const module = new WebAssembly.Module(wasmModule([run]));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const real = fc.double({ min: -1e9, max: 1e9 });
  fc.assert(
    fc.property(real, real, real, fc.double({ noNaN: true }), (a, b, c, floor) => {
      cells.set([a, b, c], 2);
      cells[4] = b;
      cells[5] = c;
      cells[2] = a;
      (exports.run as (...values: number[]) => void)(0, 16, 32, floor);
      const bounded = a < floor ? floor : a;
      expect([cells[0], cells[1]]).toEqual([b, c].map((w) => bounded * w + (w > a ? w : 0)));
    }),
  );
});

test("a loop asks before each round, so none is a number of rounds too", () => {
  const [from, to] = [0, 1];
  const body = op.loopWhile(
    op.isBelow(op.get(from), op.get(to)),
    op.storePair(op.get(from), 0, op.splat([0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f])), // f64.const 1
    op.set(from, op.add(op.get(from), op.constant(16))),
  );
  const module = new WebAssembly.Module(
    wasmModule([{ name: "ones", parameters: [I32, I32], locals: [], body }]),
  );
  for (const rounds of [0, 1, 3]) {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    (exports.ones as (...values: number[]) => void)(0, rounds * 16);
    const sum = new Float64Array(memory.buffer).reduce((total, value) => total + value, 0);
    expect(sum).toBe(2 * rounds);
  }
});
