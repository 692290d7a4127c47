/** The protocol itself: one implementation behind all doors. Order of the checks: docs/trigger.md. */
import { FailureError } from '../definition/errors';
import { runIdOf } from '../run';
import { inputFault, recordIdOf } from './calling';
import { internalError, refuse, TriggerRefusal } from './errors';
import { readAddress, readRunRequest, readTaskRequest, readTokenRequest, type TaskRequest } from './requests';
import { statusBody } from './task';
import { findToken, issueToken, TOKEN_VALID_MS } from './tokens';
import type {
  RunBody,
  StartReply,
  StatusBody,
  StopBody,
  Task,
  TokenBody,
  TokenRecord,
  Trigger,
  TriggerDeps,
  TriggerReply,
  TriggerUnit,
} from './types';

/** Never rejects: whatever goes wrong is an answer of the catalogue. */
export function createTrigger(deps: TriggerDeps): Trigger {
  const operations = {
    token: (unitId: string, body: unknown) => token(deps, unitId, body),
    run: (unitId: string, body: unknown) => run(deps, unitId, body),
    status: (unitId: string, body: unknown) => status(deps, unitId, body),
    stop: (unitId: string, body: unknown) => stop(deps, unitId, body),
  };
  return {
    async handle({ method, path, body }): Promise<TriggerReply> {
      try {
        const { unitId, operation } = readAddress(method, path);
        return { httpStatus: 200, body: await operations[operation](unitId, body) };
      } catch (error) {
        const answer =
          error instanceof TriggerRefusal
            ? error.body
            : internalError(error instanceof FailureError ? error.failure.code : 'unexpected');
        return { httpStatus: answer.code, body: answer };
      }
    },
  };
}

async function token(deps: TriggerDeps, unitId: string, body: unknown): Promise<TokenBody> {
  const request = readTokenRequest(body);
  // Before anything about units is told: who has no license learns nothing.
  if (!(await deps.isLicensed(atob(request.serialNumber)))) refuse('license');
  const unit = await existingUnit(deps, unitId);
  const { origin, app } = unit.site;
  const isSameApp =
    request.app.origin === origin.toLowerCase() &&
    request.app.appId === app.appId &&
    request.app.guestSpaceId === app.guestSpaceId;
  if (!isSameApp) refuse('appUrlOther');
  checkUsable(unit);
  if (await deps.isRateLimited(unit)) refuse('rateLimit');
  return { code: 200, status: 'OK', accessToken: await issueToken(deps, unit.id) };
}

async function run(deps: TriggerDeps, unitId: string, body: unknown): Promise<RunBody> {
  const request = readRunRequest(body);
  const record = await findToken(deps, request.accessToken, unitId);
  if (record === null) refuse('tokenInvalid');
  if (record.taskId !== null) refuse('tokenUsed');
  if (deps.clock.nowMs() - record.issuedAtMs > TOKEN_VALID_MS) refuse('tokenExpired');
  const unit = await existingUnit(deps, unitId);
  if (request.appId !== unit.site.app.appId) refuse('appIdOther');
  checkUsable(unit);
  if (inputFault(unit.inputs, request.input, request.record !== null) !== null) refuse('inputInvalid');
  const pressId = deps.random.uuid();
  const taskId = runIdOf(unit.id, pressId);
  // First the token, then the run: a token whose run was lost half-way must not start a second one.
  if (!(await deps.tokens.consume(record.hash, taskId, request.user))) refuse('tokenUsed');
  const reply = await deps.start({
    unit,
    taskId,
    pressId,
    user: request.user,
    record: request.record,
    recordId: recordIdOf(request.record),
    input: request.input,
  });
  if (reply.kind === 'conflict' || reply.kind === 'joined')
    await deps.tokens.follow(record.hash, reply.taskId);
  return started(reply, taskId);
}

function started(reply: StartReply, taskId: string): RunBody {
  switch (reply.kind) {
    case 'started':
      return { code: 200, status: 'OK', taskId };
    case 'joined':
      return { code: 200, status: 'OK', taskId: reply.taskId };
    case 'conflict':
      return refuse('conflict', reply.taskId);
    case 'rateLimited':
      return refuse('rateLimit');
    case 'refused':
      throw new FailureError(reply.failure);
  }
}

async function status(deps: TriggerDeps, unitId: string, body: unknown): Promise<StatusBody> {
  const { task } = await knownTask(deps, unitId, readTaskRequest(body, 'statusSchema'));
  return statusBody(task, deps.timeZone, deps.texts);
}

/** Asking twice, or for a task that has ended, changes nothing. */
async function stop(deps: TriggerDeps, unitId: string, body: unknown): Promise<StopBody> {
  const request = readTaskRequest(body, 'stopSchema');
  const { task, token } = await knownTask(deps, unitId, request);
  const { taskId } = task;
  if (isOver(task)) return { code: 200, status: 'OK', taskId, taskStatus: task.state };
  await deps.stopTask(taskId, token.user ?? '');
  const now = (await deps.findTask(taskId)) ?? task;
  return { code: 200, status: 'OK', taskId, taskStatus: now.state };
}

const isOver = ({ state }: Task): boolean => state === 'Success' || state === 'Failure';

/** The task that a token may ask about: the one that it has started, or after 409 the one that held the unit. */
async function knownTask(
  deps: TriggerDeps,
  unitId: string,
  { accessToken, taskId }: TaskRequest,
): Promise<{ readonly task: Task; readonly token: TokenRecord }> {
  const record = await findToken(deps, accessToken, unitId);
  if (record === null) refuse('accessTokenInvalid');
  if (record.taskId !== taskId) refuse('taskIdInvalid');
  const task = await deps.findTask(taskId);
  if (task === null || task.unitId !== unitId) refuse('taskIdInvalid');
  return { task, token: record };
}

/** An address whose unit is gone is no address any more. */
async function existingUnit(deps: TriggerDeps, unitId: string): Promise<TriggerUnit> {
  return (await deps.findUnit(unitId)) ?? refuse('requestPath');
}

function checkUsable(unit: TriggerUnit): void {
  if (!unit.isApiAllowed) refuse('requestType');
  if (!unit.isEnabled || !unit.hasValidFlows) refuse('unitInvalid');
}
