/** Access tokens in the server's store: they outlive a restart, and several servers know them. */
import type { Json } from '../../definition/types';
import { TOKEN_KEPT_MS, type TokenRecord, type TokenStore } from '../../trigger';
import type { Marks } from './store/types';

const keyOf = (hash: string): string => `token:${hash}`;
const markOf = ({ unitId, issuedAtMs, taskId, user }: TokenRecord): Json => ({
  unitId,
  issuedAtMs,
  taskId,
  ...(user === undefined ? {} : { user }),
});

export function markedTokens(marks: Marks): TokenStore {
  /** Marks end by themselves; until then, older tokens count as forgotten. */
  let forgottenBeforeMs = 0;

  async function find(hash: string): Promise<TokenRecord | null> {
    const value = (await marks.get(keyOf(hash))) as Omit<TokenRecord, 'hash'> | null;
    return value === null || value.issuedAtMs < forgottenBeforeMs ? null : { hash, ...value };
  }

  async function change(before: TokenRecord, use: Pick<TokenRecord, 'taskId' | 'user'>): Promise<boolean> {
    const after = { ...before, ...use };
    return marks.replace(keyOf(before.hash), markOf(before), markOf(after), untilOf(before));
  }

  return {
    find,
    async issue(record) {
      await marks.replace(keyOf(record.hash), null, markOf(record), untilOf(record));
    },
    async consume(hash, taskId, user) {
      const record = await find(hash);
      return record !== null && record.taskId === null && change(record, { taskId, user });
    },
    async follow(hash, taskId) {
      const record = await find(hash);
      if (record !== null && record.taskId !== null) await change(record, { taskId });
    },
    async expire(issuedBeforeMs) {
      forgottenBeforeMs = Math.max(forgottenBeforeMs, issuedBeforeMs);
    },
  };
}

const untilOf = ({ issuedAtMs }: TokenRecord): number => issuedAtMs + TOKEN_KEPT_MS;
