/** Rows that match, of one customer after another: customers by number, rows in their order. O(rows + customers). */
export function* byCustomer(
  customers: Uint32Array,
  matches: (row: number) => boolean,
): Generator<Uint32Array> {
  const kept = new Uint32Array(customers.length);
  let [held, highest] = [0, 0];
  for (let row = 0; row < customers.length; row++) {
    if (!matches(row)) continue;
    kept[held++] = row;
    highest = Math.max(highest, customers[row] as number);
  }
  const ends = new Uint32Array(highest + 2);
  for (let at = 0; at < held; at++) {
    const after = (customers[kept[at] as number] as number) + 1;
    ends[after] = (ends[after] as number) + 1;
  }
  for (let c = 0; c <= highest; c++) ends[c + 1] = (ends[c + 1] as number) + (ends[c] as number);
  const order = new Uint32Array(held);
  const next = ends.slice();
  for (let at = 0; at < held; at++) {
    const customer = customers[kept[at] as number] as number;
    order[next[customer] as number] = kept[at] as number;
    next[customer] = (next[customer] as number) + 1;
  }
  for (let c = 0; c <= highest; c++) {
    if ((ends[c] as number) < (ends[c + 1] as number)) yield order.subarray(ends[c], ends[c + 1]);
  }
}
