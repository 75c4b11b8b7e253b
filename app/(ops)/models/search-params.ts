import { parseAsInteger } from "nuqs/server";

/** `version` is the number of the one whose details are open. */
export const modelsParams = { version: parseAsInteger };
