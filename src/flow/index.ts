/** A flow as a whole: order, columns, problems, execution. */

export { type AskedField, type AskedFields, askedFields, inputFaults } from './asked-input';
export type { CompiledFlow, CompiledStep, FlowApps, FlowContext } from './compile';
export { compileFlow, flowApps, validateFlow } from './compile';
export type { CommandAhead, FlowResult, FlowRunContext, StepResult, StepState } from './execute';
export { executeFlow } from './execute';
export type { InputForm } from './input';
export { readInput } from './input';
export type { GivenInput, RunFacts } from './parameters';
export { callingParameters, inputParameters, parametersOf } from './parameters';
export type { RequiredParameter } from './required-parameters';
export { requiredParameters } from './required-parameters';
export { firstOfEachName, inputsOfFlow, validateUnits } from './unit-checks';
