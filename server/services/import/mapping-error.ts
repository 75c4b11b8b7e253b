/** The mapping, its file, or what it says about a file is wrong; the message names every fault. */
export class MappingError extends Error {}
