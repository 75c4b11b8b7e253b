#!/bin/sh
# batch.sh [PREFIX]: scores two payments at once; the one that is wrong does not stop the other.
set -eu
prefix=${1:-pay_curl}
time=$(date -u +%Y-%m-%dT%H:%M:%SZ)

"$(dirname "$0")/call.sh" /v1/score/batch '[
  {"id": "'"$prefix"'_2", "occurredAt": "'"$time"'", "amountMinor": 4999, "currency": "EUR",
   "customerId": "cus_81", "merchantId": "mer_7"},
  {"id": "'"$prefix"'_3", "occurredAt": "'"$time"'", "amountMinor": -1, "currency": "EUR",
   "customerId": "cus_81", "merchantId": "mer_7"}
]'
