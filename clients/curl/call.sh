#!/bin/sh
# call.sh PATH [BODY]: calls Assay and prints the answer, a decision or a problem document. Needs ASSAY (the server's
# address) and ASSAY_KEY. On 503, or when nothing listens, it sends the same again, after Retry-After where it is said.
set -eu
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# Into a file, which each try overwrites: a pipe would get the answers of failed tries too.
curl -sS -o "$answer" --max-time 20 --retry 4 --retry-connrefused "$ASSAY$1" \
  -H "authorization: Bearer $ASSAY_KEY" \
  -H 'content-type: application/json' \
  ${2:+--data-binary "$2"}
cat "$answer"
echo
