//! Requirements and their editions.

use super::{Builder, words};
use crate::record::id::Subject;
use crate::record::policy::{self, Change, Material, State};
use crate::report::model::{Edition, Requirement};

impl Builder<'_> {
    /// The requirements, in the order of the policies.
    pub(super) fn requirements(&self) -> Vec<Requirement> {
        let files = self.ledger.requirement_files.iter();
        self.ledger.requirements.iter().zip(files).map(|(r, file)| self.requirement(r, *file)).collect()
    }

    fn requirement(&self, requirement: &policy::Requirement, file: u32) -> Requirement {
        let organization = self.ledger.organization.as_ref();
        let mut editions: Vec<&policy::Edition> = requirement.editions.iter().collect();
        editions.sort_by_key(|e| e.published);
        let first = editions.first().map(|e| e.id.to_string());
        Requirement {
            id: requirement.id.to_string(),
            title: requirement.title.clone(),
            kind: requirement.kind.to_string(),
            in_force: requirement.state == State::InForce,
            owner: requirement.owner.as_ref().map(|o| self.name(&o.value)),
            citations: requirement.citations.clone(),
            applies_to: words::applies(&requirement.applies_to, organization, self.ledger),
            rule: words::due(&requirement.due),
            signed_by: words::signers(&requirement.signed_by),
            declaration: requirement.declaration.clone(),
            retain: requirement.retain.map(|p| p.to_string()),
            effective_from: requirement.effective_from,
            effective_until: requirement.effective_until,
            editions: editions.into_iter().rev().map(|e| self.edition(e, first.as_deref())).collect(),
            place: Some(self.place(file, requirement.spot.line)),
        }
    }

    fn name(&self, subject: &Subject) -> String {
        subject.worker().map_or_else(|| subject.to_string(), |id| self.ledger.name_of(id))
    }

    fn edition(&self, edition: &policy::Edition, first: Option<&str>) -> Edition {
        let (path, sha256) = match &edition.material {
            Material::Document { path, sha256 } => {
                (Some(format!("policies/{}", path.value)), Some(sha256.to_string()))
            }
            _ => (None, None),
        };
        let (material, weak) = match edition.material {
            Material::Document { .. } => ("the text itself, bound by its digest", false),
            Material::Outline => ("only an outline was kept", true),
            Material::NotRetained => ("the text was not kept", true),
            Material::None => ("there is no text", false),
        };
        Edition {
            id: edition.id.to_string(),
            published: edition.published,
            change: change(edition, first),
            material: material.to_owned(),
            weak,
            text: path.as_deref().and_then(|p| self.text(p)),
            path,
            sha256,
        }
    }

    /// The text of a document, where it is text that a page can show.
    fn text(&self, path: &str) -> Option<String> {
        let readable =
            [".md", ".markdown", ".txt"].iter().any(|end| path.to_ascii_lowercase().ends_with(end));
        let bytes = (self.input.document)(path).filter(|_| readable)?;
        String::from_utf8(bytes).ok()
    }
}

fn change(edition: &policy::Edition, first: Option<&str>) -> String {
    if first == Some(edition.id.as_str()) {
        return "the first edition".to_owned();
    }
    match (edition.change, edition.within) {
        (Change::Minor, _) => "minor: nobody is asked again".to_owned(),
        (Change::Material, Some(within)) => {
            format!("material: earlier completions last {within} from publication at most")
        }
        (Change::Material, None) => "material: earlier completions run out".to_owned(),
    }
}
