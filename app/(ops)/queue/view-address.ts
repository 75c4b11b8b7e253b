/** The part of the queue's address that a view keeps: everything but the row that one happens to be on. */
export function viewAddress(search: string): string {
  const params = new URLSearchParams(search);
  params.delete("row");
  return params.toString();
}
