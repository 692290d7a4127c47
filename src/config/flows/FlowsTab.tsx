import { useFlow } from '../app/document';
import { useNavigation } from '../app/navigation';
import { FlowDetail } from './FlowDetail';
import { FlowList } from './FlowList';

export function FlowsTab() {
  const { at } = useNavigation();
  const flow = useFlow(at.flowId);
  return flow === null ? <FlowList /> : <FlowDetail key={flow.id} flow={flow} />;
}
