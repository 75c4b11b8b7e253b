export { addListEntry, proposeListEntry } from "./add-list-entry.ts";
export { ListEntriesInput, listEntries } from "./list-entries.ts";
export { removeListEntry } from "./remove-list-entry.ts";
