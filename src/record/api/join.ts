import { failure } from '../../definition/errors';
import type { Describe } from '../../run/ports';
import type { Nagare, NagareAnswer, NagareUnit } from './nagare';
import type { PluginDoor } from './plugin-door';
import { nagareError } from './run';

/** `window.nagare` over the plug-ins of a page. Units of different plug-ins have different ids. */
export function joinDoors(doors: readonly PluginDoor[], describe: Describe): Nagare {
  const doorOf = async (unitId: string): Promise<PluginDoor | undefined> => {
    const owns = await Promise.all(doors.map((door) => door.has(unitId).catch(() => false)));
    return doors[owns.indexOf(true)];
  };
  // Nobody's unit is still answered in the words of the protocol.
  const send = async (path: string, unitId: string, body: unknown): Promise<NagareAnswer> => {
    const door = (await doorOf(unitId)) ?? doors[0];
    if (door === undefined) throw nagareError({ failure: failure('unitMissing', { unitId }) }, describe);
    return (await door.handle(path, body)).body;
  };
  const operation =
    <Answer extends NagareAnswer>(name: string) =>
    async (unitId: string, body: unknown): Promise<Answer> =>
      (await send(`/trigger/v1/${unitId}/${name}`, String(unitId), body)) as Answer;
  return {
    async units() {
      return (await Promise.all(doors.map((door) => door.units()))).flat();
    },
    async start(unit, options = {}) {
      const unitId = unitIdOf(unit);
      const door = await doorOf(unitId);
      if (door === undefined) throw nagareError({ failure: failure('unitMissing', { unitId }) }, describe);
      return door.start(unitId, options);
    },
    token: operation('token'),
    run: operation('run'),
    status: operation('status'),
    stop: operation('stop'),
    sendRequest(api, url, body) {
      const path = `${pathOfProtocol(String(url))}/${String(api)}`;
      return send(path, path.split('/')[3] ?? '', body);
    },
  };
}

const unitIdOf = (unit: string | NagareUnit): string => String(typeof unit === 'string' ? unit : unit?.id);

/** The part of an address that the protocol is about, wherever the service of the address is. */
const pathOfProtocol = (url: string): string => /\/trigger\/v1\/[^?#]*$/.exec(url)?.[0] ?? url;
