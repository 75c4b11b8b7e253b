import { z } from "zod";
import type { DeclaredAttribute } from "#ml/features/default-set.ts";
import { Channel } from "#server/domain/transaction.ts";
import { AttributeField } from "./attribute-field.ts";
import { MappingError } from "./mapping-error.ts";
import { TimeField } from "./time-field.ts";

const Column = z.string().min(1);

/** Where a text comes from, and what is done to it on the way; exactly one source. */
const TextField = z
  .strictObject({
    column: Column.optional(),
    constant: z.string().min(1).optional(),
    /** The number of the data row in the file, from 1: for files without an id. */
    rowNumber: z.literal(true).optional(),
    prefix: z.string().default(""),
    /** The file's value to ours; a value that is not listed becomes `otherwise`, without which its row is refused. */
    values: z.record(z.string(), z.string()).optional(),
    otherwise: z.string().optional(),
    /** For columns of card numbers: only a keyed hash of the value enters. */
    tokenize: z.boolean().default(false),
    /** 32 hexadecimal digits are written as a UUID, so that no run of digits in them passes for a card number. */
    uuid: z.boolean().default(false),
  })
  .refine(
    (field) =>
      [field.column, field.constant, field.rowNumber].filter((one) => one !== undefined).length === 1,
    'needs exactly one of "column", "constant" and "rowNumber"',
  )
  .refine((field) => !field.tokenize || field.column !== undefined, '"tokenize" needs a "column"');
export type TextField = z.infer<typeof TextField>;

/** How the columns of a file become payments and labels. Unknown keys are refused. */
export const Mapping = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9_-]+$/, "must be of lower-case letters, digits, _ and -"),
    description: z.string().optional(),
    delimiter: z.string().length(1).default(","),
    id: TextField,
    occurredAt: TimeField,
    amount: z.strictObject({ column: Column, unit: z.enum(["major", "minor"]) }),
    currency: TextField,
    customerId: TextField,
    merchantId: TextField,
    cardToken: TextField.optional(),
    deviceId: TextField.optional(),
    ip: TextField.optional(),
    merchantCategory: TextField.optional(),
    channel: TextField.optional(),
    country: TextField.optional(),
    latitude: z.strictObject({ column: Column }).optional(),
    longitude: z.strictObject({ column: Column }).optional(),
    attributes: z.array(AttributeField).max(256).default([]),
    label: z
      .strictObject({
        column: Column,
        fraud: z.array(z.string()).min(1),
        legitimate: z.array(z.string()).min(1),
        /** Days from the payment until its fraud is known. */
        delayDays: z.number().min(0).max(3650),
      })
      .optional(),
    /** Only rows whose column holds one of these values are read. */
    filter: z.strictObject({ column: Column, in: z.array(z.string()).min(1) }).optional(),
    /** The attributes named here become features: texts as categories, everything else as numbers. */
    featureSet: z
      .strictObject({ name: z.string().min(1), attributes: z.array(z.string().min(1)).default([]) })
      .default({ name: "default", attributes: [] }),
  })
  .superRefine((mapping, check) => {
    const channels = [
      ...Object.values(mapping.channel?.values ?? {}),
      mapping.channel?.constant ?? mapping.channel?.otherwise,
    ];
    for (const channel of channels) {
      if (channel === undefined || Channel.safeParse(channel).success) continue;
      check.addIssue({ code: "custom", path: ["channel"], message: `"${channel}" is no channel` });
    }
    const names = new Set(mapping.attributes.map((attribute) => attribute.name));
    if (names.size < mapping.attributes.length)
      check.addIssue({ code: "custom", path: ["attributes"], message: "two attributes share a name" });
    for (const name of mapping.featureSet.attributes) {
      if (names.has(name)) continue;
      const message = `the attribute ${name} is not among "attributes"`;
      check.addIssue({ code: "custom", path: ["featureSet", "attributes"], message });
    }
    const needsPlace = mapping.attributes.some((attribute) => attribute.type === "distance");
    if (needsPlace && (mapping.latitude === undefined || mapping.longitude === undefined)) {
      const message = 'a "distance" needs "latitude" and "longitude" of the payment';
      check.addIssue({ code: "custom", path: ["attributes"], message });
    }
  })
  .transform(({ featureSet, ...mapping }) => ({
    ...mapping,
    featureSet: { name: featureSet.name, attributes: declared(featureSet.attributes, mapping.attributes) },
  }));
export type Mapping = z.infer<typeof Mapping>;

function declared(names: readonly string[], attributes: readonly AttributeField[]): DeclaredAttribute[] {
  const texts = new Set(attributes.filter(({ type }) => type === "string").map(({ name }) => name));
  return names.map((name) => (texts.has(name) ? { name, kind: "category" } : name));
}

/** @throws MappingError with a line for each wrong entry. */
export function parseMapping(value: unknown, title: string): Mapping {
  const parsed = Mapping.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "mapping"}: ${issue.message}`);
  throw new MappingError(`The mapping ${title} is wrong: ${faults.join("; ")}`);
}
