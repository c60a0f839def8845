import { ProblemNotice } from '@florin/ui';
import { Component, type ReactNode } from 'react';

type Props = { /** Another visit shows its page again. */ visit: string; children: ReactNode };
type State = { error: unknown };

/** Shows a fault of a page in place of the page. The header stays usable. */
export class PageFault extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override componentDidUpdate({ visit }: Props) {
    if (visit !== this.props.visit && this.state.error !== undefined) this.setState({ error: undefined });
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return <ProblemNotice error={this.state.error} onRetry={() => location.reload()} />;
  }
}
