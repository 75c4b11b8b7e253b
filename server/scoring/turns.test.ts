import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { Turns } from "./turns.ts";

async function inPieces(turns: Turns, pieces: number, done: (piece: number) => void): Promise<void> {
  for (let piece = 0; piece < pieces; piece++) {
    if (piece > 0 || turns.busy) await turns.next();
    done(piece);
  }
}

test("of many who work in pieces one has a turn of the event loop at a time, and all come to an end", async () => {
  const turns = new Turns();
  let perTurn = 0;
  let most = 0;
  const all = Array.from({ length: 5 }, () =>
    inPieces(turns, 4, () => {
      most = Math.max(most, ++perTurn);
    }),
  );
  perTurn = 0; // the first pieces run before anybody waits
  most = 0;
  let working = true;
  const counted = (async () => {
    while (working) {
      await nextTurn();
      perTurn = 0;
    }
  })();
  await Promise.all(all);
  working = false;
  await counted;
  await nextTurn();
  expect(most).toBe(1);
  expect(turns.busy).toBe(false);
});

test("turns are given in the order in which they were asked for", async () => {
  const turns = new Turns();
  const order: number[] = [];
  await Promise.all([1, 2, 3].map((who) => turns.next().then(() => order.push(who))));
  expect(order).toEqual([1, 2, 3]);
});

test("nobody waits once all had their turn, and the next one is woken again", async () => {
  const turns = new Turns();
  await turns.next();
  await nextTurn();
  await nextTurn();
  expect(turns.busy).toBe(false);
  await turns.next();
  expect(turns.busy).toBe(true);
});
