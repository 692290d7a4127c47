/** Connectors: what helps to fill in the settings of 外部API入力. The settings page is their only user. */
export {
  describeService,
  type RequestSettings,
  requestWith,
  type ServiceDescriptor,
  type ServiceField,
  serviceAddress,
} from './descriptor';
export { requestConnector } from './request-connector';
export { serviceConnector } from './service';
export type { Choice, Connector, ConnectorTools, MetaModel, Send, SentReply, Verified } from './types';
