#!/bin/sh
# read.sh [ID]: reads a decision back, as it was served. Needs a key with scope score.
set -eu

"$(dirname "$0")/call.sh" "/v1/transactions/${1:-pay_curl_1}"
