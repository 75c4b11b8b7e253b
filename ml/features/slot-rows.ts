/**
 * One row of numbers per slot, shared by the tables that describe the same entity: whoever needs columns reserves
 * them before the first row is made, and all that is known of an entity lies together in memory.
 */
export class SlotRows {
  data = new Float64Array(0);
  width = 0;

  /** First of `columns` new columns. @throws Error once rows exist. */
  reserve(columns: number): number {
    if (this.data.length > 0) throw new Error("columns must be reserved before the first row");
    const column = this.width;
    this.width += columns;
    return column;
  }

  /** Makes room for slots 0 .. slots - 1; new rows are zero. */
  ensure(slots: number): void {
    if (slots * this.width <= this.data.length) return;
    const rows = Math.max(slots, 16, Math.ceil((this.data.length / Math.max(1, this.width)) * 1.6));
    const data = new Float64Array(rows * this.width);
    data.set(this.data);
    this.data = data;
  }

  /** A copy of columns of one row. */
  copy(slot: number, column: number, columns: number): Float64Array {
    const at = slot * this.width + column;
    return this.data.slice(at, at + columns);
  }
}
