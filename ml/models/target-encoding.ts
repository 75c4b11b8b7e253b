import { kindsOf } from "./feature-kind.ts";
import type { FitContext, FittedModel, ModelFamily, TrainingRows } from "./model.ts";
import {
  encodeByTables,
  encodeInOrder,
  fitTargetTables,
  type TargetTable,
  type TargetTableJson,
  targetTableFromJson,
  targetTableToJson,
} from "./target-encoding-table.ts";

type Json = {
  readonly family: string;
  readonly version: 1;
  readonly encoding: readonly TargetTableJson[];
  readonly model: unknown;
};

/** Rows encoded at a time: their copy stays in the cache. */
const CHUNK = 256;

/**
 * The family with its category columns turned into numbers by target encoding: smoothed log-odds of fraud of the
 * category, less those overall. Tables come from the training rows alone; the training rows themselves are encoded by
 * the rows before them (`encodeInOrder`), validation and served rows by the tables. Weights count. The width stays, so
 * a contribution belongs to the feature of its column. Without category columns nothing is added, not even to the JSON.
 */
export function withTargetEncoding<Options>(family: ModelFamily<Options>): ModelFamily<Options> {
  return {
    ...family,
    async fit(training, validation, options, context) {
      const columns = kindsOf(context).flatMap((kind, column) => (kind === "category" ? [column] : []));
      if (columns.length === 0) return family.fit(training, validation, options, context);
      const tables = fitTargetTables(training, columns);
      const encoded = Float64Array.from(training.features);
      encodeInOrder(training, columns, encoded);
      const model = await family.fit(
        { ...training, features: encoded },
        encodedRows(validation, tables),
        options,
        numericContext(context),
      );
      return encodedModel(model, tables);
    },
    load(json) {
      if (!isEncoded(json)) return family.load(json);
      if (json.family !== family.family || json.version !== 1) {
        throw new RangeError(
          `not target-encoded ${family.family} of version 1: ${json.family} ${json.version}`,
        );
      }
      const model = family.load(json.model);
      return encodedModel(
        model,
        json.encoding.map((table) => targetTableFromJson(table, model.width)),
      );
    },
  };
}

function isEncoded(json: unknown): json is Json {
  return typeof json === "object" && json !== null && "encoding" in json && Array.isArray(json.encoding);
}

function encodedRows(rows: TrainingRows, tables: readonly TargetTable[]): TrainingRows {
  const features = Float64Array.from(rows.features);
  encodeByTables(tables, features, rows);
  return { ...rows, features };
}

/** To the family inside, an encoded category is a number like any other. */
function numericContext(context: FitContext): FitContext {
  if (context.definitions === undefined) return context;
  const definitions = context.definitions.map((definition) =>
    definition.unit === "category" ? { ...definition, unit: "number" as const } : definition,
  );
  return { ...context, definitions };
}

function encodedModel(model: FittedModel, tables: readonly TargetTable[]): FittedModel {
  const { width } = model;
  const chunk = new Float64Array(CHUNK * width);
  const encode = (features: Float64Array, rows: number): Float64Array => {
    chunk.set(features);
    encodeByTables(tables, chunk, { rows, width });
    return chunk;
  };
  return {
    ...model,
    margins(features, rows, out) {
      for (let from = 0; from < rows; from += CHUNK) {
        const count = Math.min(CHUNK, rows - from);
        const encoded = encode(features.subarray(from * width, (from + count) * width), count);
        model.margins(encoded, count, out.subarray(from, from + count));
      }
    },
    contributions: (row, out) => model.contributions(encode(row, 1).subarray(0, width), out),
    toJSON: (): Json => ({
      family: model.family,
      version: 1,
      encoding: tables.map(targetTableToJson),
      model: model.toJSON(),
    }),
  };
}
