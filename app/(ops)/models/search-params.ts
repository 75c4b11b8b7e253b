import { createLoader, parseAsInteger, parseAsStringLiteral } from "nuqs/server";

const modelsTabs = ["versions", "experiments", "retraining"] as const;
export type ModelsTab = (typeof modelsTabs)[number];

/** What of the page is shown, as the URL says it. */
export const modelsParams = {
  tab: parseAsStringLiteral(modelsTabs).withDefault("versions"),
};

export const tabWords: readonly { readonly value: ModelsTab; readonly label: string }[] = [
  { value: "versions", label: "Versions" },
  { value: "experiments", label: "Experiments" },
  { value: "retraining", label: "Retraining" },
];

/** `version` is how links made before versions had pages name one. */
export const loadModelsParams = createLoader({ ...modelsParams, version: parseAsInteger });
