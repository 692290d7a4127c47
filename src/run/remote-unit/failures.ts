/** What the refusals of a remote service mean for the person, and what helps. */
import { type Failure, failure, type Place } from '../../definition/errors';
import type { Refused } from './replies';

/** Codes by the beginning of the description; the reference tells its rows apart by nothing else. */
const CODES: readonly (readonly [beginning: RegExp, code: string])[] = [
  [/^(krewdataAppUrl|serialNumber) is empty/, 'remoteNotSetUp'],
  [/^(krewdataAppUrl|serialNumber) |^Specified krewdataAppUrl/, 'remoteSetUpWrong'],
  [/^Request path/, 'remoteUnknownUnit'],
  [/^Request type/, 'remoteNotByApi'],
  [/^Specified unit is invalid/, 'remoteUnitInvalid'],
  [/^app \(appId\)/, 'remoteOtherApp'],
  [/^record data type/, 'remoteRecordRefused'],
  [/^input does not fit/, 'remoteInputRefused'],
  [/^Specified token (is invalid|has been created)/, 'remoteTokenRefused'],
  [/^(Token|Run|Status) request body|^(accessToken|user|appId|taskId) /, 'remoteProtocol'],
];

/** Why a refused `/token` or `/run` started nothing. */
export function refusalFailure(refused: Refused, place: Place): Failure {
  const { code, description } = refused;
  const params = { code, says: description };
  if (code === 401) return failure('remoteLicense', params, place);
  if (code === 409) return failure('remoteBusy', params, place);
  if (code === 429) return failure('remoteDisabled', params, place);
  const known = CODES.find(([beginning]) => beginning.test(description));
  return failure(known?.[1] ?? 'remoteRefused', params, place);
}

/**
 * Our own first use of a token was answered with "used": something on the way has sent the request twice, and the
 * first one may have been taken.
 */
export const mayHaveStarted = ({ description }: Refused): boolean =>
  description.startsWith('Specified token has been used');
