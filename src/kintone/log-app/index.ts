export {
  checkLogApp,
  createLogApp,
  DeployError,
  isUsable,
  type LogAppCheck,
  type LogAppClient,
  type LogAppOptions,
  type LogAppStep,
  repairLogApp,
} from './create';
export { entryOf } from './entry';
export { allLogFieldCodes, LOG_APP_FIELDS, type LogField } from './fields';
