/** Labelled rows to judge features by, ascending: frauds evenly over time up to half of `most`, then legitimate ones. */
export function judgedRows(labels: Int8Array, most: number): Uint32Array {
  const frauds = rowsWith(labels, 1);
  const legitimate = rowsWith(labels, 0);
  const kept = thinned(frauds, Math.max(Math.floor(most / 2), most - legitimate.length));
  return Uint32Array.from([...kept, ...thinned(legitimate, most - kept.length)]).sort();
}

/** The newest rows without a gap: only there does a value that comes back show that it does. */
export function contiguousRows(rows: number, most: number): Uint32Array {
  const from = Math.max(0, rows - most);
  return Uint32Array.from({ length: rows - from }, (_, i) => from + i);
}

function rowsWith(labels: Int8Array, label: number): Uint32Array {
  const all = Uint32Array.from({ length: labels.length }, (_, row) => row);
  return all.filter((row) => labels[row] === label);
}

/** At most `most` rows, evenly spaced. */
function thinned(rows: Uint32Array, most: number): Uint32Array {
  if (rows.length <= most) return rows;
  return Uint32Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)] as number);
}
