import { fraudPrior } from "#ml/features/feature-readers.ts";

const { rate, weight } = fraudPrior;

/** What is done with the payments S; a, t and x are this payment's amount, time and place. */
export const formulas: Readonly<Record<string, string>> = {
  amount: "a",
  amount_major: "a ÷ 100",
  hour: "hours of t since midnight UTC",
  weekday: "day of the week of t in UTC, Monday is 0",
  weekend: "1 when t is a Saturday or Sunday in UTC, else 0",
  night: "1 when t is between midnight and 7:00 UTC, else 0",
  channel: "1 when the channel is the one named, else 0; missing without a channel",
  category: "code of the text; missing where there is none",
  attribute: "the attribute's value; missing where the payment has none",
  count: "|S|, the number of payments in S",
  sum: "Σ aᵢ over S",
  mean: "Σ aᵢ over S ÷ |S|; missing when S is empty",
  mean_major: "Σ aᵢ over S ÷ |S| ÷ 100; missing when S is empty",
  std: "√(Σ (aᵢ − mean)² over S ÷ (|S| − 1)); missing under two payments",
  max: "largest aᵢ over S; missing when S is empty",
  amount_to_max: "a ÷ largest aᵢ over S; missing when S is empty",
  amount_log_deviation:
    "(ln(1 + a) − mean of ln(1 + aᵢ)) ÷ standard deviation of ln(1 + aᵢ), newer payments weighing more after fifty",
  amount_to_usual: "(1 + a) ÷ exp(mean of ln(1 + aᵢ)), newer payments weighing more after fifty",
  big_payments: "payments in S that were more than 3 times their customer's mean of 30 d",
  big_share: "payments in S that were more than 3 times their customer's mean of 30 d ÷ |S|",
  hours_since_big_payment:
    "t − t_b in hours, b being the latest of S that was more than 3 times its customer's mean of 30 d",
  hour_habit: "share of S within an hour of t's time of day, drawn to an even spread while S is small",
  weekday_habit: "share of S on t's day of the week, drawn to an even spread while S is small",
  amount_to_mean: "a ÷ mean of aᵢ over S; missing when that is 0 or S is empty",
  amount_deviation: "(a − mean of aᵢ) ÷ standard deviation of aᵢ over S; missing when that is 0",
  fraud_rate: `(frauds in S + ${rate} × ${weight}) ÷ (|S| + ${weight}); a fraud counts once its label is recorded`,
  fraud_share: "frauds in S ÷ |S|; 0 when S is empty",
  labelled_fraud_rate: `(fraud labels in S + ${rate} × ${weight}) ÷ (labels in S + ${weight}); S by the time of recording`,
  frauds: "payments in S with a label of fraud recorded before t",
  hours_since_first_fraud: "t − time of the first known fraud in S, in hours; missing without one",
  hours_since_last_fraud: "t − time of the latest known fraud in S, in hours; missing without one",
  fraud_run: "payments in the run of known frauds that S ends with",
  hours_since_run_start: "t − time of the first of the run of known frauds that S ends with, in hours",
  hours_since_cleared:
    "t − time of the latest payment of S that is no known fraud, in hours",
  seconds_since_last: "t − tₗ in seconds, l being the latest of S; missing after 30 days",
  distinct_cards: "different cards in S, at most 32",
  distinct_merchants: "different merchants in S, at most 32",
  distance_from_last: "great-circle distance of x from xₗ in km, l being the latest of S with a place",
  speed_from_last: "distance from xₗ ÷ max(t − tₗ, 1 min), in km/h, l being the latest of S with a place",
  seen_before: "1 when S holds a payment at this merchant within 180 days, else 0",
  seen_device: "1 when S holds a payment from this device within 180 days, else 0",
  seen_country: "1 when S holds a payment in this country within 180 days, else 0",
};
