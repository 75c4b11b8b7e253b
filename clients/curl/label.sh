#!/bin/sh
# label.sh [ID [TIME]]: records that a payment was fraud. Needs a key with scope label.
set -eu
id=${1:-pay_curl_1}
time=${2:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}

"$(dirname "$0")/call.sh" /v1/labels '{
  "transactionId": "'"$id"'", "label": "fraud", "source": "chargeback",
  "occurredAt": "'"$time"'", "note": "dispute 71"
}'
