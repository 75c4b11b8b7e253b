// What a slot's row holds of a tile table, as 32-bit integers: its region of the pool and how many cells of it are
// in use, then for each window edge the number of cells at or before it when it was last looked for.
export const OFFSET = 0;
export const CAPACITY = 1;
export const LENGTH = 2;
export const EDGES = 3;
