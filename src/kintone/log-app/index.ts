export {
  checkLogApp,
  createLogApp,
  isUsable,
  type LogAppCheck,
  type LogAppClient,
  type LogAppOptions,
  type LogAppStep,
  repairLogApp,
} from './create';
