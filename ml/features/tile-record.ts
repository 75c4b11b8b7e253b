// Where a slot's record holds what. Its region in the pool, its newest tile, the tile its sums are as of ...
export const OFFSET = 0;
export const CAPACITY = 1;
export const START = 2;
export const LENGTH = 3;
export const HEAD = 4;
export const AS_OF = 5;
export const WINDOWS = 6;
// ... then per window: first cell in it and behind it, the tiles of those cells, and the sums.
export const LEFT = 0;
export const RIGHT = 1;
export const LEFT_TILE = 2;
export const RIGHT_TILE = 3;
export const SUMS = 4;
