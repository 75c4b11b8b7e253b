/**
 * Lua of the Redis store. Every key has one hash tag, so that a cluster keeps them together. KEYS: the token that is
 * passed on (a list of one), who holds it (expires with the lease), the log (a stream whose ids are turn-labelCursor).
 */

/**
 * Takes the token: by itself, or with ARGV[4] = 1 after it was waited for and came from the list. Where nobody holds
 * it, ARGV[4] = 2 makes a new one. ARGV: holder, lease in ms, position, how. Returns the log after the position, or nil.
 */
export const takeScript = `
local how = ARGV[4]
if how ~= '1' and not redis.call('LPOP', KEYS[1]) then
  local orphaned = redis.call('EXISTS', KEYS[2]) == 0
  if not orphaned or (how ~= '2' and redis.call('EXISTS', KEYS[3]) == 1) then return false end
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return redis.call('XRANGE', KEYS[3], '(' .. ARGV[3], '+', 'COUNT', 1000)`;

/**
 * Adds to the log and passes the token on, unless the lease ran out and another took it. What stands in the log behind
 * a batch that the database has just accepted never came about there, and is taken away.
 * ARGV: holder, id, entry (may be empty), entries to keep.
 */
export const giveScript = `
if ARGV[3] ~= '' then
  local added = redis.pcall('XADD', KEYS[3], 'MAXLEN', '~', ARGV[4], ARGV[2], 'e', ARGV[3])
  if type(added) == 'table' and added.err then
    local last = redis.call('XREVRANGE', KEYS[3], '+', '-', 'COUNT', 1)[1]
    local turn = tonumber(string.match(ARGV[2], '^%d+'))
    if last and tonumber(string.match(last[1], '^%d+')) > turn then
      redis.call('DEL', KEYS[3])
      redis.pcall('XADD', KEYS[3], ARGV[2], 'e', ARGV[3])
    end
  end
end
if redis.call('GET', KEYS[2]) == ARGV[1] then
  redis.call('DEL', KEYS[2])
  if redis.call('LLEN', KEYS[1]) == 0 then redis.call('RPUSH', KEYS[1], '1') end
end
return true`;
