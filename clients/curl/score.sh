#!/bin/sh
# score.sh [ID [TIME]]: scores one payment. Needs a key with scope score.
set -eu
id=${1:-pay_curl_1}
time=${2:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}

"$(dirname "$0")/call.sh" /v1/score '{
  "id": "'"$id"'", "occurredAt": "'"$time"'",
  "amountMinor": 129900, "currency": "EUR",
  "customerId": "cus_81", "merchantId": "mer_7", "cardToken": "card_x9", "deviceId": "dev_3",
  "ip": "203.0.113.9", "channel": "ecommerce", "country": "DE",
  "attributes": {"avsMatch": false, "basketItems": 3}
}'
