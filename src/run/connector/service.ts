/** The connector of a service: every method is an asynchronous execution there. */
import { type Execution, runExecution } from './execution';
import { readChoices, readMetaModel, readVerified } from './results';
import type { Connector, ConnectorTools } from './types';

/**
 * @param address see `serviceAddress`
 * @param settings what is set for the service's fields, by name
 * Errors of every method: those of `runExecution`, and of reading its result.
 */
export function serviceConnector(
  address: string,
  settings: Execution['settings'],
  tools: ConnectorTools,
): Connector {
  const { host } = new URL(address);
  const run = (execution: Omit<Execution, 'settings'>, signal: AbortSignal) =>
    runExecution(address, { ...execution, settings }, tools, signal);
  return {
    async verifyCredentials(signal) {
      const done = await run({ method: 'verifyCredentials' }, signal);
      return done.ok ? readVerified(done.value, host) : done;
    },
    async selectModel(field, signal) {
      const done = await run({ method: 'selectModel', field }, signal);
      return done.ok ? readChoices(done.value, host) : done;
    },
    async getMetaModel(signal) {
      const done = await run({ method: 'getMetaModel' }, signal);
      return done.ok ? readMetaModel(done.value, host) : done;
    },
  };
}
