import { createLoader, parseAsInteger } from "nuqs/server";

/** `version` null: the newest candidate, else the champion. */
export const modelsParams = { version: parseAsInteger };
export const loadModelsParams = createLoader(modelsParams);
