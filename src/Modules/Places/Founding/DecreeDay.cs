namespace SoGoc.Places.Founding;

/// <summary>Carries the changes of one day into the ledger.</summary>
internal sealed class DecreeDay(Ledger ledger, DateOnly on)
{
    private sealed class Draft
    {
        public required string Code { get; init; }
        public required string Name { get; set; }
        public required string Kind { get; set; }
        public required AreaLevel Level { get; init; }
        public string? Parent { get; set; }
        public Area? Old { get; init; }
        public bool Lives { get; set; } = true;
        public string What { get; set; } = "kept";
        public string Decree { get; set; } = "";
    }

    private readonly Dictionary<string, Draft> drafts = new(StringComparer.Ordinal);

    /// <summary>The versions that ended and began. The changes have been checked before: every code is there.</summary>
    public (IReadOnlyList<Area> Ended, IReadOnlyList<Area> Begun) Apply(IReadOnlyList<Change> changes)
    {
        foreach (var change in changes.OrderBy(c => c.Kind == ChangeKind.New ? 0 : 1))
        {
            Note(change);
        }

        Cascade(changes);
        var olds = drafts.Values.Where(d => d.Old is not null).Select(d => ledger.End(d.Code, on)).ToList();
        var begun = drafts.Values.Where(d => d.Lives).OrderBy(d => d.Level).ThenBy(d => d.Code, StringComparer.Ordinal)
            .ToList().ConvertAll(d => ledger.Begin(d.Code, d.Level, d.Name, Kinds.FullName(d.Kind, d.Name), d.Kind, on, d.Parent,
                d.Old?.Name == d.Name ? d.Old.OtherNames : []));
        foreach (var change in changes.Where(c => c.Into is not null))
        {
            var kind = change.Kind == ChangeKind.Merge ? "merge" : "split";
            ledger.Follow(new Succession(drafts[change.Code].Old!.Id, ledger.Open(change.Into!)!.Id, on, kind, change.Share, change.Exact, change.Default, change.Decree));
        }

        var divided = changes.Where(c => c.Kind == ChangeKind.Split).Select(c => c.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var draft in drafts.Values.Where(d => d is { Old: not null, Lives: true } && !divided.Contains(d.Code)))
        {
            ledger.Follow(new Succession(draft.Old!.Id, ledger.Open(draft.Code)!.Id, on, draft.What, 1, true, true, draft.Decree));
        }

        return (olds, begun);
    }

    private void Note(Change change)
    {
        if (change.Kind == ChangeKind.New)
        {
            drafts.Add(change.Code, new Draft { Code = change.Code, Name = change.Name!, Kind = change.Type!, Level = Kinds.Level(change.Type!)!.Value, Parent = change.Parent, What = "new" });
            return;
        }

        var draft = Of(change.Code, change.Decree);
        switch (change.Kind)
        {
            case ChangeKind.Merge:
                draft.Lives = false;
                Of(change.Into!, change.Decree);
                break;
            case ChangeKind.Split:
                // A unit that keeps part of its own territory is named among the parts and lives on.
                draft.Lives = (draft.Lives && draft.What == "split-kept") || change.Into == change.Code;
                draft.What = draft.Lives ? "split-kept" : draft.What;
                Of(change.Into!, change.Decree);
                break;
            default:
                draft.Name = change.Name ?? draft.Name;
                draft.Kind = change.Type ?? draft.Kind;
                draft.Parent = change.Parent ?? draft.Parent;
                // Several changes of one unit on a day: the name of the first says most.
                draft.What = draft.What == "kept" ? change.Kind.ToString().ToLowerInvariant() : draft.What;
                break;
        }
    }

    private Draft Of(string code, string decree)
    {
        if (!drafts.TryGetValue(code, out var draft))
        {
            var old = ledger.Open(code)!;
            draft = new Draft { Code = code, Name = old.Name, Kind = old.Kind, Level = old.Level, Old = old, Decree = decree,
                Parent = old.Parent is { } above ? ledger[above].Code : null };
            drafts.Add(code, draft);
        }

        return draft;
    }

    /// <summary>What lies below a changed unit gets a version under its new version, or under the unit that took it in.</summary>
    private void Cascade(IReadOnlyList<Change> changes)
    {
        var into = changes.Where(c => c.Kind == ChangeKind.Merge).ToDictionary(c => c.Code, c => c.Into!, StringComparer.Ordinal);
        var heads = new Queue<Draft>(drafts.Values.Where(d => d.Old is not null).ToList());
        while (heads.TryDequeue(out var head))
        {
            foreach (var child in ledger.OpenBelow(head.Old!).ToList())
            {
                var known = drafts.ContainsKey(child.Code);
                var draft = Of(child.Code, head.Decree);
                if (draft.Parent == head.Code && !head.Lives)
                {
                    draft.Parent = into[head.Code];
                }

                if (!known)
                {
                    draft.What = "above";
                    heads.Enqueue(draft);
                }
            }
        }
    }
}
