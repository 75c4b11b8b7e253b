import { createLoader, parseAsInteger } from "nuqs/server";

/** `version` is how links made before versions had pages name one. */
export const loadModelsParams = createLoader({ version: parseAsInteger });
