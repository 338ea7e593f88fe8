import type { SavedView, UiError, ViewFault, ViewFolder } from '../../bindings/types';

/** A folder of views as a colleague may have left it: one with a column that is no more, and a broken file. */
export class ViewFiles {
  #views: SavedView[] = [];
  #faults: ViewFault[] = [];

  constructor(some: boolean) {
    if (!some) return;
    this.#views = [
      { name: 'Long calls', table: 'calls', address: '#/calls?filter=connected&sort=-talk', columns: [{ id: 'node', shown: false, width: null }, { id: 'mood', shown: true, width: 90 }, { id: 'workflow', shown: true, width: null }] },
      { name: '失败的任务', table: 'watch', address: '#/watch?filter=status%3Afailed', columns: [] },
    ];
    this.#faults = [{ file: 'broken.json', problem: 'it is no view: EOF while parsing an object at line 1 column 1' }];
  }

  folder(): ViewFolder {
    const views = [...this.#views].sort((a, b) => (a.name < b.name ? -1 : 1));
    return { folder: '/home/dewi/.local/share/wheelhouse/views', views, faults: this.#faults };
  }

  keep(view: SavedView, replace: boolean): ViewFolder {
    const others = this.#views.filter(({ name }) => name !== view.name);
    if (!replace && others.length < this.#views.length) throw { code: 'view_exists', message: '', ref: null } satisfies UiError;
    this.#views = [...others, view];
    return this.folder();
  }

  remove(name: string): ViewFolder {
    this.#views = this.#views.filter((view) => view.name !== name);
    return this.folder();
  }
}
