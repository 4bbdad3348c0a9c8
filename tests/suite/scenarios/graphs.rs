//! Lists of friendships: what is read, what is refused and in which words.

use introsim::scenario::load;

use super::{Folder, problems};

const GRAPH: &str = "title = \"G\"\n[workers]\ncount = 4\n[friends]\nedges = \"graph.csv\"\n";

#[test]
fn a_graph_is_read_with_or_without_a_header_whatever_its_order() {
    let with = Folder::new(&[("g.toml", GRAPH), ("graph.csv", "friend,of\n2,1\n0,1\n\n3,0\n")]);
    let without = Folder::new(&[("g.toml", GRAPH), ("graph.csv", "0, 3\r\n1,0\r\n1,2")]);
    let (one, other) =
        (load(with.path("g.toml")).unwrap().scenario, load(without.path("g.toml")).unwrap().scenario);
    assert_eq!(one.friends.edges.as_ref().unwrap().pairs, [(0, 1), (0, 3), (1, 2)]);
    assert_eq!(one, other);
    assert_eq!(one.labour_market(), other.labour_market());
    let fewer = Folder::new(&[("g.toml", GRAPH), ("graph.csv", "0,1\n")]);
    let fewer = load(fewer.path("g.toml")).unwrap().scenario;
    assert_ne!(one.labour_market(), fewer.labour_market());
    assert_ne!(one.canonical(), fewer.canonical());
}

#[test]
fn a_bad_graph_is_shown_line_by_line() {
    let csv = "0,1\n1,0\n2,2\nx,1\n1;2\n";
    let folder = Folder::new(&[("g.toml", GRAPH), ("graph.csv", csv)]);
    insta::assert_snapshot!(problems(&folder, "g.toml"), @r"
    error: this friendship is named twice
     --> graph.csv:2:1
      |
    1 | 0,1
      | --- here first
    2 | 1,0
      | ^^^ here again

    error: nobody is a friend of his own
     --> graph.csv:3:1
      |
    3 | 2,2
      | ^^^ worker 2 twice

    error: a worker id is a whole number from 0
     --> graph.csv:4:1
      |
    4 | x,1
      | ^^^ `x` is not

    error: a friendship is two worker ids with a comma between
     --> graph.csv:5:1
      |
    5 | 1;2
      | ^^^ 1 found
    ");
}

#[test]
fn a_friend_who_does_not_exist_is_shown_in_the_graph() {
    let folder = Folder::new(&[("g.toml", GRAPH), ("graph.csv", "0,1\n2,4\n")]);
    insta::assert_snapshot!(problems(&folder, "g.toml"), @r"
    error: worker 4 does not exist: `workers.count` is 4, ids run from 0 to 3
     --> graph.csv:2:1
      |
    2 | 2,4
      | ^^^ named here
    ");
}

#[test]
fn one_file_cannot_both_give_a_graph_and_have_one_drawn() {
    let both = format!("{GRAPH}rewiring = 0.2\n");
    let folder = Folder::new(&[("g.toml", &both), ("graph.csv", "0,1\n")]);
    insta::assert_snapshot!(problems(&folder, "g.toml"), @r#"
    error: `friends.edges` takes the place of `friends.rewiring`: set one of them
     --> g.toml:5:1
      |
    5 | edges = "graph.csv"
      | ^^^^^ a graph from a file
    6 | rewiring = 0.2
      | -------- a graph to be drawn
    "#);
}

#[test]
fn the_later_file_decides_whether_a_graph_is_given_or_drawn() {
    let child = "title = \"C\"\nextends = \"g.toml\"\n[friends]\nmean_degree = 2\n";
    let folder = Folder::new(&[("g.toml", GRAPH), ("graph.csv", "0,1\n"), ("c.toml", child)]);
    let scenario = load(folder.path("c.toml")).unwrap().scenario;
    assert_eq!((scenario.friends.edges, scenario.friends.mean_degree), (None, 2));
}

// Settings
