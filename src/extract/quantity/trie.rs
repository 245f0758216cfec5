//! A byte trie for longest matches: the vocabulary is looked up where a number ends, never searched for.

/// Words with a value each.
#[derive(Debug, Clone)]
pub struct Trie<T> {
    nodes: Vec<Node<T>>,
}

#[derive(Debug, Clone)]
struct Node<T> {
    /// Sorted by byte.
    children: Vec<(u8, usize)>,
    value: Option<T>,
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self { nodes: vec![Node { children: Vec::new(), value: None }] }
    }
}

impl<T> Trie<T> {
    /// Adds a word; the first value of a word stays.
    pub fn insert(&mut self, word: impl Iterator<Item = u8>, value: T) {
        let mut at = 0;
        for byte in word {
            let n_nodes = self.nodes.len();
            let Some(node) = self.nodes.get_mut(at) else { return };
            match node.children.binary_search_by_key(&byte, |child| child.0) {
                Ok(idx) => at = node.children.get(idx).map_or(0, |child| child.1),
                Err(idx) => {
                    node.children.insert(idx, (byte, n_nodes));
                    self.nodes.push(Node { children: Vec::new(), value: None });
                    at = n_nodes;
                }
            }
        }
        if let Some(node) = self.nodes.get_mut(at)
            && node.value.is_none()
        {
            node.value = Some(value);
        }
    }

    /// The words that `bytes` begins with, longest first, as (length, value); at most eight.
    pub fn prefixes(&self, bytes: impl Iterator<Item = u8>) -> impl Iterator<Item = (usize, &T)> {
        let mut found: [Option<(usize, &T)>; 8] = [None; 8];
        let mut n_found = 0;
        let mut at = 0;
        for (length, byte) in bytes.enumerate() {
            let Some(node) = self.nodes.get(at) else { break };
            let Ok(idx) = node.children.binary_search_by_key(&byte, |child| child.0) else { break };
            at = node.children.get(idx).map_or(0, |child| child.1);
            if let Some(value) = self.nodes.get(at).and_then(|node| node.value.as_ref()) {
                if n_found == found.len() {
                    found.rotate_left(1);
                    n_found -= 1;
                }
                if let Some(slot) = found.get_mut(n_found) {
                    *slot = Some((length + 1, value));
                    n_found += 1;
                }
            }
        }
        (0..n_found).rev().filter_map(move |idx| found.get(idx).copied().flatten())
    }

    /// The longest word that `text` begins with.
    pub fn longest(&self, text: &str) -> Option<(usize, &T)> {
        self.prefixes(text.bytes()).next()
    }

    /// The longest word that `text` ends with; for a trie whose words were inserted backwards.
    pub fn longest_suffix(&self, text: &str) -> Option<(usize, &T)> {
        self.prefixes(text.bytes().rev()).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_comes_first() {
        let mut trie = Trie::default();
        for word in ["元", "元人民币", "美元"] {
            trie.insert(word.bytes(), word);
        }
        let found: Vec<&str> = trie.prefixes("元人民币同名".bytes()).map(|(_, word)| *word).collect();
        assert_eq!(found, ["元人民币", "元"]);
        assert_eq!(trie.longest("角"), None);
    }
}
