import { count, plural } from "#app/format/number.ts";
import { entityWords, type LinkedEntity } from "./words.ts";

/** "12 other payments" and "▲ 3 fraud"; more than were looked at as "1,000+". */
export function linkCounts({ payments, frauds, capped }: LinkedEntity): {
  readonly payments: string;
  readonly frauds: string | null;
} {
  const many = capped ? `${count(payments)}+ others` : plural(payments, "other");
  return {
    payments: payments === 0 ? "no other payment" : many,
    frauds: frauds === 0 ? null : `▲ ${count(frauds)}`,
  };
}

/** The same as a sentence, for people who hear it. */
export function linkSentence(entity: LinkedEntity): string {
  const { kind, value, payments, customers, frauds, capped } = entity;
  const what = `${entityWords[kind]} ${value}`;
  if (payments === 0) return `${what}: no other payment`;
  const many = `${capped ? "more than " : ""}${plural(payments, "other payment")}`;
  return `${what}: ${many} by ${plural(customers, "customer")}, ${count(frauds)} known as fraud`;
}
