import { render } from 'preact';
import { Conversations } from '@/components/panel/Conversations';
import { createLibrary, type Library, type LibraryOptions } from '@/lib/panel/library';

export interface LibraryWiring extends LibraryOptions {
  readonly fresh: () => Promise<void>;
}

/** Shows every conversation kept, over the panel, until it is closed. Loaded when first asked for. */
export function openLibrary({ fresh, ...options }: LibraryWiring): void {
  const library = createLibrary(options);
  const root = document.createElement('div');
  document.body.append(root);
  const close = () => {
    library.dispose();
    render(null, root);
    root.remove();
  };
  render(<Shown library={library} options={options} onFresh={fresh} onClose={close} />, root);
}

function Shown(props: {
  readonly library: Library;
  readonly options: LibraryOptions;
  readonly onFresh: () => Promise<void>;
  readonly onClose: () => void;
}) {
  const { library, options, onFresh, onClose } = props;
  return (
    <Conversations
      all={library.all.value}
      found={library.found.value}
      query={library.query.value}
      current={options.talk.conversation.value}
      dropped={library.dropped.value?.conversation.title ?? null}
      language={options.language}
      now={Date.now()}
      onQuery={library.look}
      onPick={(conversation, message) => {
        void library.pick(conversation, message);
        onClose();
      }}
      onFresh={() => {
        void onFresh();
        onClose();
      }}
      onRename={(conversation, title) => void library.rename(conversation, title)}
      onPin={(conversation, pinned) => void library.pin(conversation, pinned)}
      onDrop={(conversation) => void library.drop(conversation)}
      onUndo={() => void library.undo()}
      onSave={(conversation, format) => void library.save(conversation, format)}
      onClose={onClose}
    />
  );
}
